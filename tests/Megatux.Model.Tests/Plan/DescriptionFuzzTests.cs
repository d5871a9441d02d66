using System.Reflection;
using Megatux.Equations;

namespace Megatux.Model.Tests;

public sealed class DescriptionFuzzTests
{
    private const int Tried = 20_000;

    private static readonly string[] Subjects =
        [.. typeof(ExperimentProperties).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly PropertyInfo[] Properties =
        [.. typeof(ExperimentDescription).GetProperties().Where(property => property.PropertyType == typeof(string))];

    // Each good for one property or another, at its edge or past it.
    private static readonly string?[] Values =
    [
        null, "", " ", "0", "1", "-1", "2", "30", "31", "32", "33", "255", "1024", "2147483647", "2147483648", "-2147483648", "1.5", "1e3", "0.5",
        "0.0.0.0", "1.0.0.0", "10.0.0.0", "127.0.0.0", "172.31.0.1", "223.255.255.255", "255.255.255.255", "255.255.255.252", "255.0.255.0", "0.0.0.0/0",
        "172.31.0.0/16", "172.31.0.0/30", "255.255.255.254/31", "10.0.0.1/32", "02", "02:4d", "02:4d:00:00:00", "03:4d", "ff:ff:ff:ff:ff:ff",
        "uml", "container", "hostname", "address", "eth0", "lo", "mtx0", "vm1", "64G", "2097152G", "4M", "G", "MiB",
        "n[1-4294967296]", "n[0-4294967296]", "n[0-9999999999999999999]", "n[1-3", "n[1-65534]", "vm[0-9].n[1-3],n[1-3]", "é", "a\0b", "a b,c", "n[1-9/2]x[1-9/3]",
    ];

    [Fact]
    public void Any_values_make_an_experiment_or_problems_with_subjects_but_no_accident()
    {
        var random = new Random(6);
        int good = 0;
        for (int i = 0; i < Tried; i++)
        {
            ExperimentDescription description = Experiments.Laptop with { Name = "fuzz" };
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                Properties[random.Next(Properties.Length)].SetValue(description, Values[random.Next(Values.Length)]);
            (Experiment? experiment, IReadOnlyList<Problem> problems) = description.Resolve(EquationCompiler.Instance);
            Assert.Equal(experiment is null, problems.Count > 0);
            Assert.All(problems, problem => Assert.Contains(problem.Subject, Subjects));
            Assert.All(problems, problem => Assert.InRange(problem.Message.Length, 1, 1000));
            if (experiment is null)
                continue;
            good++;
            HostNode last = experiment.Host(experiment.HostCount - 1);
            Assert.Equal(last.Name, experiment.Find(last.Address)!.Name);
            Assert.Equal(last.Name, experiment.Find(last.BridgeMac)!.Name);
            Assert.Equal(experiment.HostCount + experiment.GuestCount, experiment.Everything.Count);
        }

        Assert.InRange(good, Tried / 50, Tried / 2);
    }
}
