using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>The wire form of deltas and snapshots, written once for all who get them; forgotten with them.</summary>
internal sealed class LiveWire
{
    private readonly ConditionalWeakTable<object, SerializedHubMessage> _written = [];

    public SerializedHubMessage Of(TopicDelta delta) => _written.GetValue(delta, static one => new(new InvocationMessage(nameof(ILiveClient.Delta), [one])));

    public SerializedHubMessage Of(TopicSnapshot snapshot) => _written.GetValue(snapshot, static one => new(new InvocationMessage(nameof(ILiveClient.Snapshot), [one])));
}
