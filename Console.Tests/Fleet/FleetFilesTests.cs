using System.Text;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Fleet.Files;
using OpsConsole.Domain.Access;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Fleet;

public sealed class FleetFilesTests(ITestOutputHelper output)
{
    private const string Header = "id,partition,region,az,rack,role,service,instance_type,position_class,driver,validator\n";

    private const string Yaml = """
        partitions:
          - regions:
              - name: r1
                azs:
                  - name: r1a
                    racks:
                      - name: k1
                        hosts:
                          - {id: h1, role: web, instanceType: m1}
                          - id: h2
                            role: storage
                            instanceType: m2
                            positionClass: 3
                            driver: simulated
                            validator: false
            name: p1
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_reads_back_to_the_same_hosts(int seed)
    {
        output.WriteLine($"seed {seed}");
        var hosts = RandomFleet(new Random(seed));
        foreach (var format in Enum.GetValues<FleetFormat>())
        {
            using var file = new MemoryStream();
            FleetFiles.Write(file, format, hosts);
            file.Position = 0;
            var read = FleetFiles.Read(file, format);

            Assert.Empty(read.Errors);
            Assert.Equal(hosts.OrderBy(host => host.Id, StringComparer.Ordinal), read.Commands.SelectMany(command => command.Hosts).OrderBy(host => host.Id, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Yaml_reads_in_any_order_of_fields_and_with_what_may_be_left_out()
    {
        var command = Assert.Single(Read(Yaml, FleetFormat.Yaml).Commands);

        Assert.Equal(new Host("h1", "p1", "r1", "r1a", "k1", HostRole.Web, "web", "m1", 0, HostDriver.Agent), command.Hosts[0]);
        Assert.Equal(new Host("h2", "p1", "r1", "r1a", "k1", HostRole.Storage, "storage", "m2", 3, HostDriver.Simulated), command.Hosts[1]);
    }

    [Fact]
    public void Everything_wrong_with_a_csv_is_told_at_once_with_its_line_and_field()
    {
        var read = Read(
            Header
            + "h1,p1,r1,r1a,k1,web,,m1,0,agent,false\n"
            + "h/2,p1,r1,r1a,k1,web,,m1,x,agent,maybe\n"
            + "h3,p1,r1,r1a,k1,queen,,m1,0,robot,false\n"
            + "h1,p1,r1,r1a,k1,web,,m1,0,agent,false\n"
            + "h5,p1,r2,r1a,k1,web,,m1,0,agent,false\n"
            + "h6,p2,r1,r1b,k1,web,,m1,0,agent,false\n"
            + "h7,p1,r1\n"
            + "\"h8,p1,r1,r1a,k1,web,,m1,0,agent,false\n"
            + "h9,p1,r1,r1a,,web,,,99999,agent,false\n",
            FleetFormat.Csv);

        (int, string?)[] expected =
        [
            (3, "host"), (3, "positionClass"), (3, "validator"), (4, "driver"), (4, "role"), (5, "host"), (6, "az"), (7, "region"),
            (8, null), (9, null), (10, "instanceType"), (10, "positionClass"), (10, "rack"),
        ];
        Assert.Equal(expected, read.Errors.Select(error => (error.Line, error.Field)).OrderBy(error => error.Line).ThenBy(error => error.Field, StringComparer.Ordinal));
        Assert.Empty(read.Commands);
        Assert.Contains(read.Errors, error => error.ToString().StartsWith("line 5: host: h1 is named on line 2 already. A host", StringComparison.Ordinal));
        Assert.All(read.Errors, error => Assert.NotEmpty(error.Do));
    }

    [Fact]
    public void Everything_wrong_with_a_yaml_is_told_at_once_with_its_line()
    {
        var read = Read(
            Yaml.Replace("instanceType: m2", "color: red", StringComparison.Ordinal)
                .Replace("role: web", "role: [web]", StringComparison.Ordinal)
                .Replace("name: k1", "name: &anchor k1", StringComparison.Ordinal)
                .Replace("positionClass: 3", "positionClass: *anchor", StringComparison.Ordinal),
            FleetFormat.Yaml);

        (int, string?)[] expected = [(7, null), (9, "role"), (9, "role"), (10, "instanceType"), (12, "color"), (13, null), (13, "positionClass")];
        Assert.Equal(expected, read.Errors.Select(error => (error.Line, error.Field)).OrderBy(error => error.Item1).ThenBy(error => error.Item2, StringComparer.Ordinal));
        Assert.Empty(read.Commands);
    }

    [Theory]
    [InlineData("", FleetFormat.Csv, "the file names no host")]
    [InlineData("", FleetFormat.Yaml, "the file names no host")]
    [InlineData("id,id,colour\n", FleetFormat.Csv, "the column is missing")]
    [InlineData("partitions: [{", FleetFormat.Yaml, "this is not YAML")]
    [InlineData("- a\n- b\n", FleetFormat.Yaml, "here stands a list")]
    [InlineData("partitions: none", FleetFormat.Yaml, "expected is a list")]
    [InlineData("\u0000\u0001", FleetFormat.Yaml, "expected are fields")]
    [InlineData("{}\n---\n{}\n", FleetFormat.Yaml, "a second document")]
    public void Files_that_are_none_get_a_clear_error(string text, FleetFormat format, string why)
    {
        var read = Read(text, format);

        Assert.Empty(read.Commands);
        Assert.Contains(read.Errors, error => error.Why.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error()
    {
        using var file = new MemoryStream([.. Encoding.UTF8.GetBytes(Header), 0xC3, 0x28, 0xFF]);

        Assert.Contains("UTF-8", Assert.Single(FleetFiles.Read(file, FleetFormat.Csv).Errors).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_says_it_is_too_long_is_refused_unread_and_one_that_does_not_is_cut_off()
    {
        Assert.Contains("at most 67,108,864 bytes", Assert.Single(FleetFiles.Read(Stream.Null, FleetFormat.Csv, 100_000_000).Errors).Why, StringComparison.Ordinal);

        var endless = new Endless();
        Assert.Contains("at most 67,108,864 bytes", Assert.Single(FleetFiles.Read(endless, FleetFormat.Csv).Errors).Why, StringComparison.Ordinal);
        Assert.True(endless.Given < 66_000_000 + 2_000_000);
    }

    [Fact]
    public void Deep_nesting_and_a_flood_of_errors_stay_bounded()
    {
        Assert.NotEmpty(Read("partitions: " + new string('[', 20_000), FleetFormat.Yaml).Errors);
        var read = Read(Header + string.Concat(Enumerable.Repeat(",,,,,,,,,,\n", 5_000)), FleetFormat.Csv);
        Assert.Equal(FleetFileResult.MostErrors, read.Errors.Length);
        Assert.Equal(5_000 * 7, read.ErrorCount);
    }

    [Fact]
    public async Task An_import_refused_midway_says_where_and_can_be_done_again()
    {
        var world = new FleetWorld();
        var file = Read(Header + "h1,p1,r1,r1a,k1,web,,m1,0,agent,false\nh2,p1,r2,r2a,k1,web,,m1,0,agent,false\n", FleetFormat.Csv);
        await world.PlaceAsync(FleetWorld.HostOf("x1", "r2a", "r9"));
        var first = await FleetImport.ApplyAsync(file, world.Path, Actor.Engine, "new racks", default);

        Assert.Equal((1, "fleet.az-elsewhere"), (first.Regions, first.Refused["r2"].Code));
        await world.SendAsync(new PlaceHosts("r9", "p1", [], ["x1"]));
        var events = world.Journal.Events.Count;
        var again = await FleetImport.ApplyAsync(file, world.Path, Actor.Engine, "new racks", default);
        Assert.Equal((2, 0), (again.Regions, again.Refused.Count));
        Assert.Equal(events + 1, world.Journal.Events.Count);
    }

    private static FleetFileResult Read(string text, FleetFormat format)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return FleetFiles.Read(file, format);
    }

    private static Host[] RandomFleet(Random random) =>
    [
        .. new RehearsalFleet(2_000, random.Next()).Regions().SelectMany(region => region.Hosts).Select(host => host with
        {
            Release = null,
            Driver = (HostDriver)random.Next(3),
            Validator = random.Next(5) == 0,
            Service = random.Next(3) == 0 ? $"{random.Next(10)}e{random.Next(10)}" : random.Next(3) == 0 ? "null" : host.Service,
            Rack = random.Next(4) == 0 ? "on" : random.Next(4) == 0 ? "0x1_2.3" : host.Rack,
        }),
    ];

    private sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            Given += count;
            return count;
        }

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();
    }
}
