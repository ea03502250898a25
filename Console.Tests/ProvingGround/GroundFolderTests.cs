using System.Text;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Tests.ProvingGround;

public sealed class GroundFolderTests : IDisposable
{
    private readonly GroundFolder _folder = new(Directory.CreateTempSubdirectory("ground-folder-").FullName);

    private GroundPlan Plan => GroundPlanner.Make(new GroundOptions { Folder = _folder.Root }, null);

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    [Fact]
    public void A_plan_reads_as_it_was_written_and_its_index_hosts_keep_what_they_were_founded_as()
    {
        var plan = Plan;
        _folder.WritePlan(plan);
        var read = _folder.ReadPlan()!;
        Assert.Equal(plan.Hosts.AsEnumerable(), read.Hosts.AsEnumerable());
        Assert.Equal(3, read.Of(GroundRole.Index).Select(host => host.Founder!.Value).Distinct().Count());
        Assert.Equal(read.Hosts.AsEnumerable(), GroundPlanner.Make(new GroundOptions { Folder = _folder.Root }, read).Hosts.AsEnumerable());
    }

    [Fact]
    public void Only_the_first_plan_marks_founders()
    {
        var plan = Plan;
        var index = plan.Of(GroundRole.Index).First();
        var mark = new FounderMark(_folder.Of(index.Id));
        _folder.WritePlan(plan);
        Assert.Equal(index.Founder, mark.Read());
        mark.Remove();
        _folder.WritePlan(plan);
        Assert.Null(mark.Read());
    }

    [Theory]
    [InlineData("\"layout\":2,", "\"layout\":3,", "a later version")]
    [InlineData("\"layout\":2,", "\"layout\":1,", "an earlier version")]
    [InlineData("\"layout\":2,", "", "an earlier version")]
    public void A_folder_of_another_layout_is_refused_by_name_and_left_as_it_is(string before, string after, string words)
    {
        _folder.WritePlan(Plan);
        var text = File.ReadAllText(_folder.PlanFile);
        Assert.Contains(before, text, StringComparison.Ordinal);
        var other = Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
        File.WriteAllBytes(_folder.PlanFile, other);
        var refused = Assert.Throws<GroundLayoutException>(() => _folder.ReadPlan());
        Assert.Contains(_folder.Root, refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        Assert.Equal(other, File.ReadAllBytes(_folder.PlanFile));
    }

    [Fact]
    public void Hosts_without_a_plan_are_no_empty_folder()
    {
        Assert.Null(_folder.ReadPlan());
        Directory.CreateDirectory(Path.Combine(_folder.Of("local-1a-index-1"), "index"));
        Assert.Contains("no plan.json", Assert.Throws<GroundLayoutException>(() => _folder.ReadPlan()).Message, StringComparison.Ordinal);
    }
}
