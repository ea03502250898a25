namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>An object with its bytes.</summary>
public sealed record StoredObject(ObjectHeader Header, ReadOnlyMemory<byte> Content);
