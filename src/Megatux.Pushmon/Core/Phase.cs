using System.Text;

namespace Megatux.Pushmon;

/// <summary>The moment of an interval at which somebody speaks, so that not all do at once: computed from who it is.</summary>
internal static class Phase
{
    internal static TimeSpan Of(string name, TimeSpan interval) => interval * ((StableHash.Of(Encoding.UTF8.GetBytes(name)) >> 11) / (double)(1UL << 53));
}
