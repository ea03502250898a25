using System.Text.Json;
using OpsConsole.Domain.Cord;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Cli;

public sealed class VerbTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Fact]
    public async Task On_the_same_machine_a_verb_needs_no_set_up_but_the_data_folder()
    {
        var (exit, output, _) = await RunAsync("account", "me", "--url", console.Url, "--data", console.DataFolder);

        Assert.Equal(0, exit);
        Assert.Contains("token:cli", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cord_is_pulled_shown_and_released()
    {
        var pulled = await AskAsync("cord", "pull", "global", "--mode", "haltandrollback", "--reason", "trial", "--json");
        Assert.Equal("cord", JsonDocument.Parse(pulled.Output).RootElement.GetProperty("stream").GetString());
        var pull = Assert.Single(console.States.Get<CordState>(CordStreams.Only).InForce);
        Assert.Equal((CordMode.HaltAndRollBack, "trial"), (pull.Mode, pull.Reason));
        Assert.Contains(pull.Id, (await AskAsync("cord", "show")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await AskAsync("cord", "release", pull.Id, "--reason", "over")).Exit);
        Assert.Empty(console.States.Get<CordState>(CordStreams.Only).InForce);
    }

    [Fact]
    public async Task A_refusal_is_1_and_says_what_why_and_what_to_do()
    {
        var (exit, _, error) = await AskAsync("cord", "release", "c-99", "--reason", "x");

        Assert.Equal(1, exit);
        Assert.Contains("cord.no-such-pull", error, StringComparison.Ordinal);
        Assert.Contains("why:", error, StringComparison.Ordinal);
        Assert.Contains("do:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cort")]
    [InlineData("cord", "pul")]
    [InlineData("cord", "pull", "everywhere")]
    [InlineData("cord", "release", "c-1")]
    [InlineData("token", "create", "t", "--grant", "boss@global")]
    [InlineData("account", "me", "--url", "not an address")]
    public async Task Wrong_usage_is_2_and_is_told(params string[] args)
    {
        var (exit, output, error) = await RunAsync(args);

        Assert.Equal(2, exit);
        Assert.NotEmpty(output + error);
    }

    [Fact]
    public async Task An_unknown_verb_gets_a_suggestion()
    {
        var (_, output, error) = await RunAsync("cort");
        Assert.Contains("cord", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_that_is_not_there_is_3()
    {
        var (exit, _, error) = await RunAsync("cord", "show", "--url", $"http://127.0.0.1:{ConsoleProcess.FreePort()}", "--token", "x");

        Assert.Equal(3, exit);
        Assert.Contains("could not be reached", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("engine", "show")]
    [InlineData("audit", "list")]
    [InlineData("fleet", "regions")]
    [InlineData("account", "list")]
    [InlineData("token", "list")]
    public async Task Lists_are_for_people_and_with_json_for_programs(params string[] args)
    {
        var (exit, table, _) = await AskAsync(args);
        var json = (await AskAsync([.. args, "--json"])).Output;

        Assert.Equal(0, exit);
        Assert.NotEmpty(table);
        Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(json).RootElement.ValueKind);
    }

    private Task<(int Exit, string Output, string Error)> AskAsync(params string[] args) => RunAsync([.. args, "--url", console.Url, "--token", console.AdminToken]);

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exit = await Verbs.RunAsync(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
