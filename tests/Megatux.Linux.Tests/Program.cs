using Megatux.Linux.Tests;
using Xunit.Runner.InProc.SystemConsole;

// Not in a module initializer: threads that a role starts wait for the end of that, and it for them.
return Helper.TryBegin() ? 0 : await ConsoleRunner.Run(args);
