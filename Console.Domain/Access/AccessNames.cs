using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

/// <summary>How accounts and tokens may be named: 1 to 64 of lower-case letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>@</c>, so that two names never look alike.</summary>
internal static class AccessNames
{
    public static Rejection? Check(string kind, string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.' or '@')
            ? null
            : new(RejectionKind.Invalid, "access.name", $"The {kind} was not made.", $"'{(name.Length > 64 ? name[..64] + "…" : name)}' is not a name it can have.", "Use 1 to 64 lower-case letters, digits, - _ . or @.");
}
