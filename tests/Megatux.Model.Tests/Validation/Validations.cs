namespace Megatux.Model.Tests;

/// <summary>Checks that use all that checks can.</summary>
internal static class Validations
{
    internal static ValidationList Full(Experiment plan) => ValidationList.Of(plan,
    [
        new ValidationItem("uname") { Command = "uname -r", Expect = "/^6/", Nodes = "hosts", Within = "2m" },
        new ValidationItem("leader") { Command = "test -e \"/run/leader\" && echo 'yes'", Expect = "yes", Count = "1" },
        new ValidationItem("most") { Command = "false", ExitCode = "1", AtLeast = "99.5%", Nodes = "vm[0-48/2].laptop0" },
        new ValidationItem("some") { Command = "true", AtLeast = "7", Within = "500ms" },
        new ValidationItem("load") { Expression = "(< (get s 'load 'one) 2)", Nodes = "everything" },
    ], static _ => { });
}
