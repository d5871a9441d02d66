namespace Megatux.Model;

/// <content>Node sets: MTX11xx.</content>
public static partial class ErrorCodes
{
    /// <summary>An operator lacks the set before or after it (<c>a,,b</c>). Remove the operator or write the missing set.</summary>
    public const string NodeSetMissingOperand = "MTX1101";

    /// <summary>A bracket is not closed, not opened, or inside another one. Pair the brackets.</summary>
    public const string NodeSetUnbalancedBracket = "MTX1102";

    /// <summary>Two brackets have only digits, or nothing, between them. Put a letter or a sign between them.</summary>
    public const string NodeSetAdjacentBrackets = "MTX1103";

    /// <summary>Nothing stands where a range should (<c>n[]</c>, <c>n[1,,2]</c>). Write a number or remove the comma.</summary>
    public const string NodeSetEmptyRange = "MTX1104";

    /// <summary>A range is not made of plain decimal numbers. Write <c>N</c>, <c>A-B</c> or <c>A-B/STEP</c>.</summary>
    public const string NodeSetBadNumber = "MTX1105";

    /// <summary>A range ends before it begins (<c>n[4-1]</c>). Write the smaller number first.</summary>
    public const string NodeSetBackwardsRange = "MTX1106";

    /// <summary>The ends of a zero-padded range have different widths (<c>n[01-044]</c>). Give both the same width.</summary>
    public const string NodeSetPaddingMismatch = "MTX1107";

    /// <summary>A step is zero or follows a single number. Write a step of 1 or more after a range.</summary>
    public const string NodeSetBadStep = "MTX1108";

    /// <summary>A number has more than 18 digits. Use fewer.</summary>
    public const string NodeSetNumberTooLarge = "MTX1109";

    /// <summary>A node group (<c>@name</c>) is used where no experiment is known, or a wildcard (<c>*</c>, <c>?</c>). Write the nodes themselves.</summary>
    public const string NodeSetGroup = "MTX1110";

    /// <summary>A node name holds a character that cannot be shown. Remove it.</summary>
    public const string NodeSetBadCharacter = "MTX1111";

    /// <summary>A node name has more than 32 numbers. Use fewer.</summary>
    public const string NodeSetTooManyAxes = "MTX1112";

    /// <summary>A set has more nodes than can be counted (2^63 or more). Use a smaller set.</summary>
    public const string NodeSetTooLarge = "MTX1113";

    /// <summary>A set falls into more separate ranges than are kept (1,048,576). Use fewer or simpler steps.</summary>
    public const string NodeSetTooManyPieces = "MTX1114";

    /// <summary>A node that was asked for is not in the set. Name a node of the set.</summary>
    public const string NodeSetNoSuchNode = "MTX1115";

    /// <summary>A rank is not below the number of nodes of the set. Ranks count from 0.</summary>
    public const string NodeSetNoSuchRank = "MTX1116";

    /// <summary>The experiment has no node group of the name. The message gives the nearest, or all.</summary>
    public const string NodeSetNoSuchGroup = "MTX1117";
}
