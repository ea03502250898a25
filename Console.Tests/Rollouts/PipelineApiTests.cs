using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Rollouts;

public sealed class PipelineApiTests(RolloutConsole world) : IClassFixture<RolloutConsole>
{
    private const string Broken = """
        name: quick
        service: web
        capacityFloor: lots
        stages:
          - name: first
            batch: 0
            speed: 9
          - name: first
            parallel: 1000
        """;

    [Theory]
    [InlineData("PUT", "quick")]
    [InlineData("POST", "validate")]
    public async Task All_that_is_wrong_comes_at_once_with_lines_and_nothing_is_changed(string method, string path)
    {
        using var admin = world.Console.Admin();
        var before = world.States.VersionOf(PipelineStreams.Of("quick"));
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/pipelines/{path}") { Content = RolloutConsole.Body(Broken) };
        var problem = await (await admin.SendAsync(request)).IsProblemAsync(HttpStatusCode.BadRequest, "pipeline.file-invalid");

        var errors = problem.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("line").GetInt64(), error.GetProperty("path").GetString())).ToArray();
        Assert.Equal([(3, "capacityFloor"), (6, "stages[0].batch"), (7, "stages[0].speed"), (8, "stages[1].name"), (9, "stages[1].parallel")], errors);
        Assert.Equal(5, problem.GetProperty("errorCount").GetInt32());
        Assert.Contains("line 6, stages[0].batch", problem.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, world.States.VersionOf(PipelineStreams.Of("quick")));
    }

    [Fact]
    public async Task A_file_is_kept_as_written_and_the_same_again_changes_nothing()
    {
        using var admin = world.Console.Admin();
        var yaml = "# by hand\n" + RolloutConsole.Yaml("mine");
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsync(new Uri("/api/v1/pipelines/mine?reason=first", UriKind.Relative), RolloutConsole.Body(yaml))).StatusCode);
        var again = await (await admin.PutAsync(new Uri("/api/v1/pipelines/mine", UriKind.Relative), RolloutConsole.Body(yaml))).JsonAsync();
        var shown = await admin.GetAsync(new Uri("/api/v1/pipelines/mine", UriKind.Relative));

        Assert.Equal((1, "\"1\"", yaml), (again.GetProperty("version").GetInt64(), shown.Headers.ETag!.Tag, await shown.Content.ReadAsStringAsync()));
        Assert.Equal("quick", (await admin.GetFromJsonAsync<JsonElement>("/api/v1/pipelines?after=mine&take=1")).GetProperty("pipelines")[0].GetProperty("name").GetString());
        Assert.Contains((await admin.GetFromJsonAsync<JsonElement>("/api/v1/pipelines")).GetProperty("pipelines").EnumerateArray(), one => one.GetProperty("name").GetString() == "mine" && one.GetProperty("service").GetString() == "web");
    }

    [Fact]
    public async Task A_file_of_another_name_and_one_that_is_no_text_are_refused_in_words()
    {
        using var admin = world.Console.Admin();
        var named = await (await admin.PutAsync(new Uri("/api/v1/pipelines/other", UriKind.Relative), RolloutConsole.Body("# a comment\n" + RolloutConsole.Yaml("quick")))).IsProblemAsync(HttpStatusCode.BadRequest, "pipeline.file-invalid");
        Assert.Equal(2, named.GetProperty("errors")[0].GetProperty("line").GetInt64());

        using var bytes = new ByteArrayContent([0x6e, 0xff, 0xfe, 0x80]);
        bytes.Headers.ContentType = new("application/yaml");
        await (await admin.PutAsync(new Uri("/api/v1/pipelines/other", UriKind.Relative), bytes)).IsProblemAsync(HttpStatusCode.BadRequest, "pipeline.file-invalid");
        await (await admin.PutAsync(new Uri("/api/v1/pipelines/other", UriKind.Relative), RolloutConsole.Body(new string('#', 256 * 1024 + 1)))).IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, "api.body-too-large");
        Assert.Equal(0, world.States.VersionOf(PipelineStreams.Of("other")));
    }

    [Fact]
    public async Task Very_many_errors_are_counted_and_the_first_are_shown()
    {
        using var admin = world.Console.Admin();
        var yaml = new StringBuilder(RolloutConsole.Yaml("quick")).AppendLine();
        for (var i = 0; i < 1_000; i++)
        {
            yaml.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"odd{i}: 1");
        }

        var problem = await (await admin.PostAsync(new Uri("/api/v1/pipelines/validate", UriKind.Relative), RolloutConsole.Body(yaml.ToString()))).IsProblemAsync(HttpStatusCode.BadRequest, "pipeline.file-invalid");
        Assert.Equal((200, 1_000), (problem.GetProperty("errors").GetArrayLength(), problem.GetProperty("errorCount").GetInt32()));
    }

    [Fact]
    public async Task Only_an_admin_of_the_service_edits_and_nobody_takes_anothers_pipeline()
    {
        using var approver = world.Console.Client(await world.Console.TokenAsync(("Approver", "global")));
        using var storage = world.Console.Client(await world.Console.TokenAsync(("Admin", "service:storage")));
        await (await approver.PutAsync(new Uri("/api/v1/pipelines/quick", UriKind.Relative), RolloutConsole.Body(Broken))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");

        var mine = RolloutConsole.Yaml("quick").Replace("service: web", "service: storage", StringComparison.Ordinal);
        await (await storage.PutAsync(new Uri("/api/v1/pipelines/quick", UriKind.Relative), RolloutConsole.Body(mine))).IsProblemAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal("web", world.States.Get<PipelineFile>(PipelineStreams.Of("quick")).Content!.Service);
        Assert.Equal(HttpStatusCode.OK, (await approver.PostAsync(new Uri("/api/v1/pipelines/validate", UriKind.Relative), RolloutConsole.Body(mine))).StatusCode);
    }
}
