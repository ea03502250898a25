using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

/// <summary>What an entry of the log holds: the request's id, the moment it was taken in, the command.</summary>
internal static class EntryData
{
    public static byte[] Write(Guid request, DateTimeOffset now, Action<WireWriter> command)
    {
        var to = new WireWriter();
        to.Id(request);
        to.Moment(now);
        command(to);
        return to.ToArray();
    }

    public static (Guid Request, DateTimeOffset Now, IndexCommand Command) Read(ReadOnlyMemory<byte> data)
    {
        var from = new WireReader(data);
        return (from.Id(), from.Moment(), CommandWire.Read(from));
    }
}
