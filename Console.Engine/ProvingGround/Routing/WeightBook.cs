using System.Text.Json;
using OpsConsole.Domain.ProvingGround.Routing;

namespace OpsConsole.Engine.ProvingGround.Routing;

/// <summary>The weights on disk: a restarted router remembers who is out, and until when.</summary>
internal sealed class WeightBook
{
    private readonly string _file;
    private readonly Lock _lock = new();
    private volatile RouterWeights _now;

    public WeightBook(string file)
    {
        _file = file;
        _now = Read(file);
    }

    public RouterWeights Now => _now;

    /// <summary>On disk before anyone sees it. False where <paramref name="change"/> gives null: nothing is changed then.</summary>
    public bool Change(Func<RouterWeights, RouterWeights?> change)
    {
        lock (_lock)
        {
            if (change(_now) is not { } next)
            {
                return false;
            }

            if (next != _now)
            {
                GroundFolder.Replace(_file, JsonSerializer.SerializeToUtf8Bytes(next, GroundJson.Default.RouterWeights));
                _now = next;
            }

            return true;
        }
    }

    /// <summary>A file in another form is as good as none: all have their usual weights.</summary>
    private static RouterWeights Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), GroundJson.Default.RouterWeights) is { Confirmed: not null, Leased: not null } weights ? weights : RouterWeights.None;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return RouterWeights.None;
        }
    }
}
