using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Engine.ProvingGround.Index;

/// <summary>When a leader begins the next generation: when it has led for the length of one since it began to, or since it began the last. Leaders that change often make them longer, never shorter.</summary>
internal sealed class GenerationTimer(TimeProvider clock)
{
    private long _term = -1;
    private long _since;

    /// <param name="term">Of the leader; looked at again and again while it leads.</param>
    public bool IsDue(long term)
    {
        if (term != _term)
        {
            (_term, _since) = (term, clock.GetTimestamp());
        }

        if (clock.GetElapsedTime(_since) < Generations.Length)
        {
            return false;
        }

        _since = clock.GetTimestamp();
        return true;
    }
}
