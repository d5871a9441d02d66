using System.Runtime.InteropServices;
using Megatux.Cli;

// The runtime ignores SIGPIPE and drops what the console can no longer write, so "megatux nodes expand ... | head" would
// go on for all the nodes of the set.
const PosixSignal BrokenPipe = (PosixSignal)13;
using PosixSignalRegistration pipe = PosixSignalRegistration.Create(BrokenPipe, _ => Environment.Exit(128 + (int)BrokenPipe));

return MegatuxCommand.Run(args);
