namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>Observations of one time, taken together.</summary>
public struct PeriodSum
{
    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Least { get; private set; }

    public double Most { get; private set; }

    public void Add(long count, double sum, double least, double most)
    {
        (Least, Most) = Count == 0 ? (least, most) : (Math.Min(Least, least), Math.Max(Most, most));
        Count += count;
        Sum += sum;
    }
}
