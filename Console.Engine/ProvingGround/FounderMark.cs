using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround;

/// <summary>
/// A file beside an index host's data, made with the ground and removed at the host's first start: with it an empty disk is a new one, without it one that was replaced, whose host must
/// not be counted before the others took it in again.
/// </summary>
internal sealed class FounderMark(string host)
{
    private string Mark => Path.Combine(host, "index-founder");

    public void Write(Guid incarnation) => GroundFolder.Replace(Mark, incarnation.ToByteArray());

    public Guid? Read() => File.Exists(Mark) ? new Guid(File.ReadAllBytes(Mark)) : null;

    /// <summary>It is gone, on disk too, when this returns.</summary>
    public void Remove()
    {
        if (File.Exists(Mark))
        {
            File.Delete(Mark);
            DurableFile.FlushFolder(host);
        }
    }
}
