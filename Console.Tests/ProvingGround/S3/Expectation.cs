using System.Text.Json;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>One test of ceph's s3-tests: its name, what it calls, and what it asserts of answers.</summary>
/// <param name="Expects">Status, and the code where it asserts one.</param>
internal sealed record Expectation(string Test, string[] Marks, string[] Operations, (int Status, string Code)[] Expects)
{
    public static IEnumerable<Expectation> All() =>
        World.Fixture.Read("testing_s3tests_expectations.json").GetProperty("tests").EnumerateArray().Select(row => new Expectation(
            row.GetProperty("test").GetString()!,
            Texts(row, "marks"),
            Texts(row, "operations"),
            [.. row.GetProperty("expects").EnumerateArray().Select(Pair)]));

    private static string[] Texts(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static (int, string) Pair(JsonElement expected) =>
        (expected.GetProperty("status").GetInt32(), expected.TryGetProperty("error_code", out var code) ? code.GetString() ?? "" : "");
}
