using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Tests.ProvingGround.Patients;

/// <summary>What the journal says is wrong with a host is wrong with its real process, and no longer than that.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class PatientWardTests(GroundFixture ground)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private GroundHost Web => ground.Plan.Of(GroundRole.Web).First(host => !host.Validator);

    private PatientsState State => ground.Services.GetRequiredService<IStates>().Get<PatientsState>(PatientsStreams.Of(ground.Plan.Region));

    [Fact]
    public async Task A_hung_host_answers_nobody_until_it_is_healed()
    {
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Hung, null, Long));
        await HealthyAsync(false);
        Assert.NotNull(ground.Supervisor.RunningOf(Web.Id));

        await SendAsync(new Heal(ground.Plan.Region, Web.Id, null));
        await HealthyAsync(true);
    }

    [Fact]
    public async Task A_hang_ends_with_its_process()
    {
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Hung, null, Long));
        await HealthyAsync(false);
        Assert.Null(await ground.Supervisor.RestartAsync(Web.Id, CancellationToken.None));

        await HealthyAsync(true);
        await ground.UntilAsync(() => State.Illnesses.IsEmpty, "the hang is over in the journal too");
    }

    [Fact]
    public async Task A_killed_host_comes_back_by_itself_as_another_process()
    {
        var before = ground.Supervisor.RunningOf(Web.Id)!.Pid;
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Killed, null, Long));

        await ground.UntilAsync(() => ground.Supervisor.RunningOf(Web.Id) is { } running && running.Pid != before, "another process runs");
        await HealthyAsync(true);
        Assert.Empty(State.Illnesses);
    }

    [Fact]
    public async Task A_stopped_host_stays_down_until_its_time_is_over()
    {
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Stopped, null, TimeSpan.FromSeconds(8)));
        await ground.UntilAsync(() => ground.Supervisor.RunningOf(Web.Id) is null, "its process ends");
        Assert.NotEmpty(State.Illnesses);

        await HealthyAsync(true);
        Assert.Empty(State.Illnesses);
    }

    [Fact]
    public async Task A_lying_host_looks_well_and_serves_nobody()
    {
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Lying, null, Long));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        Assert.True(await ground.WatchAsync(async () => (int)(await http.GetAsync(Web.Address)).StatusCode == 500), "customers get an error");
        Assert.Null((await ground.Client.HealthAsync(Web, deep: true, CancellationToken.None))!.Trouble);

        await SendAsync(new Heal(ground.Plan.Region, Web.Id, Ailment.Lying));
        var last = 0;
        Assert.True(await ground.WatchAsync(async () => (last = (int)(await http.GetAsync(Web.Address)).StatusCode) == 403), $"strangers are refused again, in S3's words: {last}");
    }

    [Fact]
    public async Task A_host_with_a_skewed_clock_refuses_what_was_signed_just_now()
    {
        using var http = new HttpClient();
        var customer = new SignedClient(http, new GroundFolder(ground.Folder).Accounts().Guest, ground.Plan.Region, TimeProvider.System);
        async Task<bool> AnswersAsync(int status) => (await customer.SendAsync(Web.Address, "GET", "/", CancellationToken.None)).Status == status;
        Assert.True(await AnswersAsync(200));
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.SkewedClock, 3_000, Long));
        Assert.True(await ground.WatchAsync(() => AnswersAsync(403)), "it finds the signature too old");

        await SendAsync(new Heal(ground.Plan.Region, Web.Id, null));
        Assert.True(await ground.WatchAsync(() => AnswersAsync(200)), "the clock is right again");
    }

    [Fact]
    public async Task A_drained_host_stays_drained_until_it_is_healed()
    {
        await SendAsync(new MakeIll(ground.Plan.Region, Web.Id, Ailment.Drained, null, Long));
        Assert.True(await ground.WatchAsync(() => DrainedAsync(true)), "the router holds customers back");

        await SendAsync(new Heal(ground.Plan.Region, Web.Id, null));
        Assert.True(await ground.WatchAsync(() => DrainedAsync(false)), "the router sends customers again");
    }

    [Fact]
    public void The_system_says_what_a_process_uses()
    {
        var usage = ProcessUsage.Of(ground.Supervisor.RunningOf(Web.Id)!.Pid)!;
        Assert.InRange(usage.Resident, 20L << 20, 1L << 30);
        Assert.True(usage.Cpu > TimeSpan.Zero);
        Assert.Null(ProcessUsage.Of(int.MaxValue));
    }

    private async Task<bool> DrainedAsync(bool wanted) =>
        (await ground.Client.RouterAsync(ground.Plan.Router, long.MaxValue, CancellationToken.None))?.Hosts.First(host => host.Id == Web.Id).Drained == wanted;

    private async Task HealthyAsync(bool wanted) =>
        Assert.True(await ground.WatchAsync(async () => (await ground.Client.HealthAsync(Web, deep: false, CancellationToken.None) is not null) == wanted), wanted ? "it answers" : "it does not answer");

    private async Task SendAsync(ICommand command)
    {
        var result = await ground.Services.GetRequiredService<ICommands>().SendAsync(new CommandRequest(command, Actor.Person("ada", Role.Operator), "a drill"));
        Assert.True(result.Rejection is null, result.Rejection?.ToString());
    }
}
