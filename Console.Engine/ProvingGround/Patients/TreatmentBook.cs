using OpsConsole.Domain.ProvingGround.Patients;

namespace OpsConsole.Engine.ProvingGround.Patients;

/// <summary>What was done to which process. A treatment counts as begun before it is answered: the answer may be lost and the treatment stand, and then it is to be ended like any other.</summary>
internal sealed class TreatmentBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Host, Ailment Ailment), Treated> _treated = [];

    /// <param name="pid">Of the process it is done to; null where none runs.</param>
    public void Beginning(Illness illness, int? pid)
    {
        lock (_lock)
        {
            _treated[(illness.Host, illness.Ailment)] = new(illness, pid, Answered: false);
        }
    }

    public void Began(Illness illness, int? pid)
    {
        lock (_lock)
        {
            _treated[(illness.Host, illness.Ailment)] = new(illness, pid, Answered: true);
        }
    }

    public void Ended((string Host, Ailment Ailment) key)
    {
        lock (_lock)
        {
            _treated.Remove(key);
        }
    }

    /// <summary>Whether exactly this was done to this process, and answered.</summary>
    public bool Holds(Illness illness, int? pid) => Find(illness) == new Treated(illness, pid, Answered: true);

    /// <summary>Whether it was done to a process that is no longer the host's.</summary>
    public bool OutlivedItsProcess(Illness illness, int? pid) => Find(illness) is { Answered: true } treated && treated.Pid != pid;

    /// <summary>What was or may have been done, and is wanted no longer.</summary>
    public (string Host, Ailment Ailment)[] ToEnd(PatientsState wanted)
    {
        lock (_lock)
        {
            return [.. _treated.Keys.Where(key => wanted.Find(key.Host, key.Ailment) is null)];
        }
    }

    private Treated? Find(Illness illness)
    {
        lock (_lock)
        {
            return _treated.GetValueOrDefault((illness.Host, illness.Ailment));
        }
    }

    private sealed record Treated(Illness Illness, int? Pid, bool Answered);
}
