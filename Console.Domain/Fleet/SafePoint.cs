namespace OpsConsole.Domain.Fleet;

/// <summary>What becomes of a visit in hand when the cord stops its host.</summary>
public enum SafePoint
{
    /// <summary>It stays where it is, and is given up.</summary>
    Hold,

    /// <summary>Nothing was changed yet: the host goes back into service as it was.</summary>
    TurnBack,

    /// <summary>The change has begun: it is brought to its end and verified, never left half done.</summary>
    Finish,
}
