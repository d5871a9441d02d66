using System.Globalization;
using Megatux.Model;

namespace Megatux.Imaging;

/// <summary>The one modification time that everything in an image has: the same input must give the same bytes at any time.</summary>
internal static class SourceDate
{
    /// <summary>Reads the property SourceDateEpoch: seconds since 1970, 0 to 2^32-1 (a record holds no more); 0 when it is empty.</summary>
    internal static uint Parse(string text) =>
        text.Length == 0 ? 0
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds) ? seconds
        : throw new MegatuxException(ErrorCodes.PropertyMalformed,
            $"SourceDateEpoch is '{text}': expected seconds since 1970, 0 to {uint.MaxValue}.", subject: "SourceDateEpoch");
}
