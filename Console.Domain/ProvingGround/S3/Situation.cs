using OpsConsole.Domain.ProvingGround.Index;

namespace OpsConsole.Domain.ProvingGround.S3;

/// <summary>A request, and what has been found out about it so far: all that the gates judge.</summary>
public sealed record Situation(S3Call Call, S3Form Form)
{
    public AuthFacts Auth { get; init; } = AuthFacts.Unsigned;

    /// <summary>False while the host takes reads only.</summary>
    public bool TakesWrites { get; init; } = true;

    public BucketEntry? Bucket { get; init; }

    public ObjectEntry? Object { get; init; }

    public Upload? Upload { get; init; }

    public BucketEntry? SourceBucket { get; init; }

    public ObjectEntry? Source { get; init; }

    /// <summary>Known after the body has been read.</summary>
    public BodyFacts Body { get; init; } = BodyFacts.None;

    public S3Operation Operation => Form.Operation;

    public bool Is(params ReadOnlySpan<S3Operation> operations) => operations.Contains(Operation);
}

/// <summary>What came of looking at who signed. Each is judged by a gate of its own, so that their order is data too.</summary>
/// <param name="Account">Who signed; null where nobody did, or the key is nobody's.</param>
/// <param name="Form">What is wrong with the form of the signature's header or parameters.</param>
/// <param name="Time">What is wrong with the time it names.</param>
/// <param name="Headers">What should have been signed and was not.</param>
public sealed record AuthFacts(string? Account, S3Error? Form = null, S3Error? Time = null, S3Error? Headers = null, bool KnownKey = true, bool Holds = true)
{
    public static AuthFacts Unsigned { get; } = new(Account: null);
}

/// <summary>What came of reading the body.</summary>
/// <param name="Framing">Chunks that do not add up, chunk signatures, an early end.</param>
/// <param name="Sha256">Whether the body is the one that was signed.</param>
/// <param name="Md5">Whether it is the one <c>Content-MD5</c> says.</param>
/// <param name="WrongChecksum">The algorithm whose stated value is another; null where all agree.</param>
public sealed record BodyFacts(S3Error? Framing = null, bool Sha256 = true, bool Md5 = true, string? WrongChecksum = null)
{
    public static BodyFacts None { get; } = new();
}
