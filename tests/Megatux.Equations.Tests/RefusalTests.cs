using Megatux.Model;

namespace Megatux.Equations.Tests;

/// <summary>What a person can write wrong: one error, which names the item and the node.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("HostAdress", "(+ first h)", null, ErrorCodes.EquationUnknown, "did you mean HostAddress?")]
    [InlineData("HostAddress", null, null, ErrorCodes.MetadataMalformed, "Expression=\"(+ first h)\"")]
    [InlineData("HostAddress", "(+ first h", null, ErrorCodes.EquationMalformed, "Expression of NodeEquation HostAddress, 1:")]
    [InlineData("HostAddress", "(+ first (qotient h 2))", null, ErrorCodes.EquationMalformed, "1:11: there is no qotient; did you mean quotient?")]
    [InlineData("HostAddress", "(+ frist h)", null, ErrorCodes.EquationMalformed, "did you mean first?")]
    [InlineData("HostAddress", "(+ first zz)", null, ErrorCodes.EquationMalformed, "variable is h")]
    [InlineData("GuestPlace", "(+ 2 h)", null, ErrorCodes.EquationMalformed, "variable is g")]
    [InlineData("HostAddress", "(+ first h)", "(- h first)", ErrorCodes.EquationMalformed, "Inverse of NodeEquation HostAddress, 1:4")]
    [InlineData("HostAddress", "(+ first (/ h 2))", null, ErrorCodes.EquationFails, "host 1 (r0n1): it gives 167772161.5, expected an integer")]
    [InlineData("HostAddress", "\"10.0.0.1\"", null, ErrorCodes.EquationFails, "expected an integer")]
    [InlineData("HostAddress", "(lambda (x) x)", null, ErrorCodes.EquationFails, "a function")]
    [InlineData("HostAddress", "(+ first hosts (quotient 100 (- h 5)))", null, ErrorCodes.EquationFails, "host 5 (r0n5): 1:16: quotient divides by zero")]
    [InlineData("HostAddress", "(* (+ first h) 0x7fffffffffff 9)", null, ErrorCodes.EquationFails, "64 bits")]
    [InlineData("HostAddress", "(let loop ((i 0)) (if (< i 0) i (loop (+ i 1))))", null, ErrorCodes.EquationFails, "more than 10000 steps")]
    [InlineData("HostAddress", "(let loop ((i 0)) (+ 1 (loop i)))", null, ErrorCodes.EquationFails, "deep")]
    [InlineData("HostAddress", "(ip 10 0 h 1)", null, ErrorCodes.EquationFails, "host 256 (r14n4): 1:1: ip expects an integer from 0 to 255")]
    [InlineData("HostAddress", "(- 100 h)", null, ErrorCodes.EquationValueMisplaced, "HostNetwork 10.0.0.0/8: expected 10.0.0.1 to 10.255.255.254")]
    [InlineData("HostAddress", "(- 0 h 1)", null, ErrorCodes.EquationFails, "it gives -1, expected 0 to 4294967295")]
    [InlineData("HostAddress", "(+ first (modulo h 500))", null, ErrorCodes.EquationNotOneToOne, "host 0 (r0n0) and host 500 (r27n14) both 10.0.0.1")]
    [InlineData("HostAddress", "(- (+ network hosts) h)", null, ErrorCodes.EquationInverseWrong, "Inverse=")]
    [InlineData("HostAddress", "(+ first h)", "(- a first -1)", ErrorCodes.EquationInverseWrong, "gives 1 for 10.0.0.1, which the equation gives host 0 (r0n0): expected 0")]
    [InlineData("HostAddress", "(+ first h)", "(/ 1 0)", ErrorCodes.EquationInverseWrong, "divides by zero")]
    [InlineData("HostAddress", "(- (+ network hosts) h)", "(- (+ network hosts) a)", ErrorCodes.EquationScattered, "HostIdentity to hostname")]
    [InlineData("GuestNetwork", "(+ base 5 (* size h))", null, ErrorCodes.EquationValueMisplaced, "VmNetmask 255.255.252.0): expected 100.0.0.0")]
    [InlineData("GuestNetwork", "(ip 127 0 (* 4 h) 0)", null, ErrorCodes.EquationValueMisplaced, "loopback")]
    [InlineData("GuestNetwork", "(+ (ip 9 255 0 0) (* size h))", null, ErrorCodes.EquationValueMisplaced, "overlaps HostNetwork 10.0.0.0/8")]
    [InlineData("GuestNetwork", "(+ base (* size (quotient h 2)))", null, ErrorCodes.EquationNotOneToOne, "both 100.0.0.0")]
    [InlineData("GuestNetwork", "(if (= h 0) (ip 200 0 0 0) (* 1024 h 9))", "(if (= a (ip 200 0 0 0)) 0 (quotient a 9216))", ErrorCodes.EquationValueMisplaced, "this network")]
    [InlineData("GuestNetwork", "(if (= h 0) (ip 200 0 0 0) (+ (ip 1 0 0 0) (* 1024 h)))", "(if (= a (ip 200 0 0 0)) 0 (quotient (- a (ip 1 0 0 0)) 1024))", ErrorCodes.NetworksOverlap, "one route to all of them, 0.0.0.0/0")]
    [InlineData("GuestPlace", "(+ 1 g)", null, ErrorCodes.EquationValueMisplaced, "guest 0 1, which is the network's own, the bridge's")]
    [InlineData("GuestPlace", "(+ 900 g)", null, ErrorCodes.EquationValueMisplaced, "expected 2 to 1022")]
    [InlineData("HostMac", "(+ 0x010000000000 h)", null, ErrorCodes.EquationValueMisplaced, "first octet is even")]
    [InlineData("HostMac", "(+ 0x024d64000001 h)", null, ErrorCodes.EquationValueMisplaced, "that of 100.0.0.1")]
    [InlineData("HostMac", "(+ 0x001000000000000 h)", null, ErrorCodes.EquationFails, "281474976710655")]
    public void A_wrong_equation_has_one_message(string function, string? expression, string? inverse, string code, string words)
    {
        Problem problem = Plans.Racks.Adding(function, expression, inverse).OnlyProblem();

        Assert.Equal((code, $"NodeEquation:{function}"), (problem.Code, problem.Subject));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_guest_networks_nobody_knows_the_lowest_and_the_highest_but_where_they_rise()
    {
        ExperimentDescription many = Plans.Racks with { PhysicalHosts = "h[0-9999]" };
        Problem problem = many.Adding("GuestNetwork", "(+ base (* size (- hosts h 1)))", "(- hosts 1 (quotient (- a base) size))").OnlyProblem();
        Assert.Equal(ErrorCodes.EquationInverseWrong, problem.Code);
        Assert.Contains("in the order of hosts", problem.Message, StringComparison.Ordinal);
        many.Adding("GuestNetwork", "(+ base (* size h))").Resolved();
    }

    [Fact]
    public void A_function_has_one_equation()
    {
        Problem problem = Plans.Racks.Adding("HostAddress", "(+ first h)").Adding("HostAddress", "(+ first h)").OnlyProblem();
        Assert.Equal(ErrorCodes.EquationUnknown, problem.Code);
    }

    [Fact]
    public void An_expression_is_as_long_as_a_manifest_may_hold()
    {
        static string Of(int length) => $"(+ first {new string(' ', length - 11)}h)";
        _ = Plans.Racks.Adding("HostAddress", Of(NodeEquation.MaxText)).Resolved();
        Problem problem = Plans.Racks.Adding("HostAddress", Of(NodeEquation.MaxText + 1)).OnlyProblem();
        Assert.Equal(ErrorCodes.EquationMalformed, problem.Code);
        Assert.Contains("1001 characters: use at most 1000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_is_no_hosts()
    {
        Problem problem = (Plans.Racks with { HostGateway = "10.3.0.8" }).Adding("HostAddress", Plans.RackAddress).OnlyProblem();
        Assert.Equal(ErrorCodes.GatewayMisplaced, problem.Code);
        Assert.Contains("r3n7", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_MAC_prefix_is_refused_where_addresses_are_computed()
    {
        Problem problem = (Plans.Racks with { MacPrefix = "02:4d:01" }).Adding("HostAddress", Plans.RackAddress).OnlyProblem();
        Assert.Equal((ErrorCodes.MacCollision, "MacPrefix"), (problem.Code, problem.Subject));
    }

    [Fact]
    public void A_property_that_cannot_be_read_is_all_that_is_said()
    {
        Problem problem = (Plans.Racks with { HostNetwork = "ten" }).Adding("HostAddress", Plans.RackAddress).OnlyProblem();
        Assert.Equal("HostNetwork", problem.Subject);
    }

    [Fact]
    public void Hosts_known_by_name_may_be_numbered_in_any_order()
    {
        Experiment experiment = (Plans.Racks with { HostIdentity = "hostname" }).Adding("HostAddress", "(- (+ network hosts) h)", "(- (+ network hosts) a)").Resolved();
        Assert.Null(experiment.AddressRuns());
        Assert.Equal("r0n0", experiment.Find(Resolving.Address("10.0.2.64"))!.Name);
    }

    [Fact]
    public void A_node_that_no_sample_showed_to_fail_fails_with_an_error_that_names_it()
    {
        Experiment experiment = (Plans.Racks with { PhysicalHosts = "n[0-999999]", VmsPerHost = "0", VmNetmask = "30", HostIdentity = "hostname" })
            .Adding("HostAddress", "(if (= h 777777) (/ 1 0) (+ first h))", "(- a first)").Resolved();

        MegatuxException failed = Assert.Throws<MegatuxException>(() => experiment.HostAddress(777_777));
        Assert.Equal(ErrorCodes.EquationFails, failed.Problem.Code);
        Assert.Contains("777777", failed.Message, StringComparison.Ordinal);

        // And nobody is taken for it.
        Assert.Null(experiment.Find(Resolving.Address("10.11.222.50")));
        Assert.Equal("n777778", experiment.Find(experiment.HostAddress(777_778))!.Name);
    }
}
