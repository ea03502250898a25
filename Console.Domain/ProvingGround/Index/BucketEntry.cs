namespace OpsConsole.Domain.ProvingGround.Index;

/// <param name="Owner">Account that made it.</param>
public sealed record BucketEntry(string Name, string Owner, DateTimeOffset Created, Acl Acl = Acl.Private);
