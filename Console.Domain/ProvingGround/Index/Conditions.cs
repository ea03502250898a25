namespace OpsConsole.Domain.ProvingGround.Index;

internal static class Conditions
{
    /// <summary>If-Match on a key without an object is refused as there being none, as S3 does.</summary>
    public static IndexRefusal Refusal(WriteCondition condition, ObjectEntry? entry)
    {
        if (condition.IfNoneMatch is not null && entry is not null)
        {
            return IndexRefusal.PreconditionFailed;
        }

        return condition.IfMatch switch
        {
            null => IndexRefusal.None,
            _ when entry is null => IndexRefusal.NoSuchKey,
            "*" => IndexRefusal.None,
            var wanted => wanted == entry.ETag ? IndexRefusal.None : IndexRefusal.PreconditionFailed,
        };
    }
}
