using System.Text.Json;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>What is wrong with a file's JSON, for whoever wrote it: the reader's own messages name types of ours.</summary>
internal static class JsonWords
{
    private const string Missing = "missing required properties including: ";

    public static string Of(JsonException e)
    {
        var line = e.LineNumber is { } number ? $"line {number + 1}: " : "";
        return e.Message.Contains(Missing, StringComparison.Ordinal) ? $"{line}it lacks {e.Message.Split(Missing)[1]}"
            : e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? $"{line}it has a member that is not known, {e.Message.Split('\'')[1]}"
            : e.Message.Contains("could not be converted to", StringComparison.Ordinal) ? $"{line}the value at {e.Path} is not of the right kind"
            : $"{line}it is not JSON: {e.Message.Split(" Path: ")[0]}";
    }
}
