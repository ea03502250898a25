using OpsConsole.Domain.Fleet;
using OpsConsole.Tests.World;
using OpsConsole.Web;

namespace OpsConsole.Tests.Fleet;

public sealed class FleetFileVerbsTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private RegionFleet R1 => _console.States.Get<RegionFleet>(FleetStreams.Of("r1"));

    public Task InitializeAsync() => _console.InitializeAsync();

    public Task DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("csv")]
    [InlineData("yaml")]
    public async Task An_exported_fleet_imports_to_no_change(string format)
    {
        Assert.Equal(0, await RunAsync("import", File("fleet.csv", "id,partition,region,az,rack,role,instance_type\nh1,p1,r1,r1a,k1,web,m1\nh2,p1,r2,r2a,k1,storage,m1\n"), "--reason", "first racks"));
        Assert.Contains("2 hosts of 2 regions read; 2 regions are as the file says.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("m1", R1.Hosts["h1"].InstanceType);
        var version = _console.States.VersionOf(FleetStreams.Of("r1"));

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("export", "--format", format));
        Assert.Equal(0, await RunAsync("import", File($"again.{format}", _output.ToString())));
        Assert.Equal(version, _console.States.VersionOf(FleetStreams.Of("r1")));
    }

    [Fact]
    public async Task A_wrong_file_is_refused_with_all_its_errors_and_nothing_changes()
    {
        var file = File("fleet.csv", "id,partition,region,az,rack,role,instance_type\nh1,p1,r1,r1a,k1,web,m1\nh/2,p1,r1,r1a,k1,queen,m1\n");

        Assert.Equal(1, await RunAsync("import", file));
        Assert.Contains("line 3: host:", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 3: role: 'queen' is not known", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(R1.Hosts);
        Assert.Equal(2, await RunAsync("import", "fleet.xml"));
    }

    [Fact]
    public async Task Checking_a_file_changes_nothing()
    {
        Assert.Equal(0, await RunAsync("import", File("fleet.csv", "id,partition,region,az,rack,role,instance_type\nh1,p1,r1,r1a,k1,web,m1\n"), "--check"));
        Assert.Empty(R1.Hosts);
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_console.DataFolder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private Task<int> RunAsync(params string[] verb) => Verbs.RunAsync(["fleet", .. verb, "--url", _console.Url, "--token", _console.AdminToken], _output, _error);
}
