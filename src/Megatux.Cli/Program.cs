using System.CommandLine;

return new RootCommand("Provision, control and watch experiments of up to ten million Linux machines.")
{
}.Parse(args).Invoke();
