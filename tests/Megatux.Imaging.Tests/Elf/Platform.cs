using System.Runtime.Versioning;

// Modes and links of files are Linux's here.
[assembly: SupportedOSPlatform("linux")]
