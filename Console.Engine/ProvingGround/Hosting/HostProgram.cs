using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Engine.ProvingGround.Releases;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>One process of the proving ground, from start to end: what the verb <c>host</c> runs.</summary>
public static class HostProgram
{
    /// <summary>Exit code where the port is taken: the supervisor chooses another.</summary>
    public const int PortTaken = 98;

    /// <summary>Exit code where the release in the host's folder is not what it says it is.</summary>
    public const int BadRelease = 97;

    public static async Task<int> RunAsync(string root, string id, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var folder = new GroundFolder(root);
        Directory.CreateDirectory(folder.Of(id));
        Detached.Become(Path.Combine(folder.Of(id), "log.txt"));
        using var plan = Open(folder, clock);
        if (plan is null)
        {
            return 2;
        }

        if (!plan.Current.Has(id))
        {
            await System.Console.Error.WriteLineAsync($"{folder.PlanFile} has no host {id}.").ConfigureAwait(false);
            return 2;
        }

        var me = plan.Current[id];
        var release = ReleaseShelf.BaselineOf(me.Role) is null ? null : InstalledRelease.Read(folder.ReleaseFile(id));
        var levels = PatchLevels.Of(folder.Of(id));
        if (me.Role == GroundRole.Web && release is null)
        {
            await System.Console.Error.WriteLineAsync($"{folder.ReleaseFile(id)} is no release manifest.").ConfigureAwait(false);
            return BadRelease;
        }

        var patient = new HostPatient(clock);
        await using var role = Roles.Make(new RoleContext(folder, plan, me, release, patient.Clock, patient.Disk));
        await using var app = Build(me, HostLimits.For(me.Role));
        var secret = Encoding.UTF8.GetBytes(folder.Secret());
        app.Run(context => DispatchAsync(context, role, patient, secret, me, release, levels));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var lease = clock.CreateTimer(_ => EndWithoutLease(folder, clock, ending), null, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));
        try
        {
            await app.StartAsync(ending.Token).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await System.Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return PortTaken;
        }

        using (var warming = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, app.Lifetime.ApplicationStopping))
        {
            await role.WarmUpAsync(warming.Token).ConfigureAwait(false);
        }

        folder.WriteRunning(new RunningHost(id, Environment.ProcessId, ProcessTable.StartOf(Environment.ProcessId) ?? 0, me.Port, release?.Manifest.Version, release?.Digest));
        await app.WaitForShutdownAsync(ending.Token).ConfigureAwait(false);
        return 0;
    }

    private static PlanWatch? Open(GroundFolder folder, TimeProvider clock)
    {
        try
        {
            return new PlanWatch(folder, clock);
        }
        catch (GroundLayoutException e)
        {
            System.Console.Error.WriteLine(e.Message);
            return null;
        }
    }

    private static WebApplication Build(GroundHost me, Action<KestrelServerOptions> limits)
    {
        ThreadPool.SetMinThreads(16, 16);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.ListenLocalhostOnly(me.Port);
            limits(options);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder.Build();
    }

    private static void ListenLocalhostOnly(this KestrelServerOptions options, int port) => options.Listen(System.Net.IPAddress.Loopback, port);

    internal static async Task DispatchAsync(HttpContext context, IHostRole role, HostPatient patient, byte[] secret, GroundHost me, InstalledRelease? release, PatchLevels? levels = null)
    {
        // The raw target, because a key may hold dots and slashes that a normalised path would act upon.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith(GroundSecret.ControlPrefix, StringComparison.Ordinal))
        {
            if (patient.Lies)
            {
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }

            await role.HandleAsync(context).ConfigureAwait(false);
            return;
        }

        if (!GroundSecret.Shown(context, secret))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var what = target[GroundSecret.ControlPrefix.Length..].Split('?', 2)[0];
        if (what == "health")
        {
            var trouble = context.Request.Query.ContainsKey("deep") && !patient.Lies ? await role.TroubleAsync(context.RequestAborted).ConfigureAwait(false) : null;
            var health = new HostHealth(me.Id, Environment.ProcessId, release?.Manifest.Version, release?.Digest, role.Requests, role.ReadOnly, trouble) { Firmware = levels?.Firmware, OsPatch = levels?.OsPatch };
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(health, GroundJson.Default.HostHealth), context.RequestAborted).ConfigureAwait(false);
        }
        else if (what == "patient" && HttpMethods.IsPost(context.Request.Method) && patient.Treat(context.Request.Query))
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
        else if (patient.Lies)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        else if (!await role.HandleControlAsync(context, what).ConfigureAwait(false))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static void EndWithoutLease(GroundFolder folder, TimeProvider clock, CancellationTokenSource ending)
    {
        if (!folder.LeaseHolds(clock.GetUtcNow()))
        {
            ending.Cancel();
        }
    }
}
