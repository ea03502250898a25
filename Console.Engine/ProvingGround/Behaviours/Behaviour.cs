namespace OpsConsole.Engine.ProvingGround.Behaviours;

/// <summary>How a build of the web host behaves: this one as it should. Builds that differ override the one thing they do differently.</summary>
internal class Behaviour
{
    /// <summary>Whether <c>If-None-Match</c> is looked at.</summary>
    public virtual bool HonoursIfNoneMatch => true;

    /// <summary>Runs before the host listens.</summary>
    public virtual void OnStart()
    {
    }

    /// <summary>Runs before each customer's request.</summary>
    public virtual ValueTask OnRequestAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    /// <summary>The bytes as they are handed to the store.</summary>
    public virtual void OnStore(byte[] content)
    {
    }

    /// <summary>Runs before a part of an object is answered.</summary>
    public virtual void OnRange()
    {
    }

    /// <summary>Where a storage host is reached.</summary>
    public virtual Uri Reach(Uri storage) => storage;
}
