using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Consensus;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Disk;
using OpsConsole.Engine.ProvingGround.Index.Wire;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>An index host: a member of the quorum. <c>raft</c> for the other members, <c>apply</c> and <c>ask</c> for whoever uses the index; all for the ground's own processes only.</summary>
internal sealed class IndexRole : IHostRole
{
    /// <summary>Exit code where the disk failed or holds what cannot be.</summary>
    public const int Broken = 70;

    /// <summary>Bytes of one request.</summary>
    public const int MostBytes = 16 << 20;

    private readonly MemberLinks _links;
    private readonly IndexMember _member;
    private readonly TimeProvider _clock;
    private readonly PatientDisk _disk;
    private long _requests;

    public IndexRole(RoleContext context)
    {
        (_clock, _disk) = (context.Clock, context.Disk);
        var members = context.Plan.Current.Of(GroundRole.Index).Select(host => host.Id).ToImmutableArray();
        var founder = new FounderMark(context.Folder.Of(context.Me.Id));
        var disk = new MemberDisk(Path.Combine(context.Folder.Of(context.Me.Id), "index"), founder.Read(), context.Disk);
        founder.Remove();
        _links = new MemberLinks(members.Remove(context.Me.Id), id => context.Plan.Current[id].Address, context.Folder.Secret());
        _member = new IndexMember(new RaftSettings(context.Me.Id, members, Founders(context.Plan.Current)), disk, _links, () => FirstMap(context.Plan.Current), Environment.ProcessId, End, context.Clock);
    }

    public long Requests => Interlocked.Read(ref _requests);

    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public async Task<bool> HandleControlAsync(HttpContext context, string what)
    {
        if (what == "patient" && HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = Treat(context.Request.Query) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            return true;
        }

        if (what is not ("raft" or "apply" or "ask") || !HttpMethods.IsPost(context.Request.Method))
        {
            return false;
        }

        Interlocked.Increment(ref _requests);
        try
        {
            var body = new WireReader(await BodyAsync(context.Request).ConfigureAwait(false));
            if (what == "raft")
            {
                Take(body);
                return true;
            }

            var answer = what == "apply" ? await IndexAnswers.ApplyAsync(_member, body, _clock).ConfigureAwait(false) : await IndexAnswers.AskAsync(_member, body).ConfigureAwait(false);
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer.Written, context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return true;
    }

    public Task<string?> TroubleAsync(CancellationToken cancel)
    {
        var view = _member.View;
        return Task.FromResult(view.Leader is null ? "no leader: fewer than two of the three index hosts that lost nothing reach each other"
            : view.Admitted ? null : "its log was lost: it is counted again when it has what the others have");
    }

    public async ValueTask DisposeAsync()
    {
        _member.Dispose();
        await _links.DisposeAsync().ConfigureAwait(false);
    }

    private static Membership Founders(GroundPlan plan) =>
        new(0, plan.Of(GroundRole.Index).ToImmutableSortedDictionary(host => host.Id, host => host.Founder!.Value, StringComparer.Ordinal));

    /// <summary>Null where an AZ has no storage host.</summary>
    private static PlacementMap? FirstMap(GroundPlan plan)
    {
        var azs = plan.Of(GroundRole.Storage).GroupBy(host => host.Az).OrderBy(az => az.Key, StringComparer.Ordinal).Select(az => az.OrderBy(host => host.Slot).Select(host => host.Id).ToImmutableArray()).ToImmutableArray();
        return azs.Length == 3 ? FirstPlacement.Of(azs) : null;
    }

    private void Take(WireReader body)
    {
        while (!body.AtEnd)
        {
            _member.Post(RaftWire.Read(body));
        }
    }

    /// <summary><c>?slow=MS</c>, <c>?fill=true|false</c>.</summary>
    private bool Treat(IQueryCollection query)
    {
        if (int.TryParse(query["slow"], System.Globalization.CultureInfo.InvariantCulture, out var slow))
        {
            _disk.Delay = TimeSpan.FromMilliseconds(slow);
            return true;
        }

        if (bool.TryParse(query["fill"], out var full))
        {
            _disk.Full = full;
            return true;
        }

        return false;
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength is not (>= 0 and <= MostBytes and var length))
        {
            throw WireReader.Malformed();
        }

        var bytes = new byte[length];
        await request.Body.ReadExactlyAsync(bytes, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return bytes;
    }

    private static void End(Exception e)
    {
        System.Console.Error.WriteLine(e.Message);
        Environment.Exit(Broken);
    }
}
