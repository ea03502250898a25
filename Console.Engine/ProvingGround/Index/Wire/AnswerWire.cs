using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index.Wire;

internal static class AnswerWire
{
    public static void Write(WireWriter to, IndexAnswer answer)
    {
        to.Byte((byte)answer.Refusal);
        to.Number(answer.Version);
        to.Flag(answer.Object is not null);
        if (answer.Object is not null)
        {
            EntryWire.Write(to, answer.Object);
        }

        to.Many(answer.Each, (writer, refusal) => writer.Byte((byte)refusal));
    }

    public static IndexAnswer Read(WireReader from) =>
        new(from.Enum<IndexRefusal>(), from.Number()) { Object = from.Flag() ? EntryWire.ReadObject(from) : null, Each = from.Many(reader => reader.Enum<IndexRefusal>()) };
}
