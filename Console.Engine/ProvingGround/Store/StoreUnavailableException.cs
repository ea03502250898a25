namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Too few hosts could be reached to answer truthfully.</summary>
public sealed class StoreUnavailableException(string message) : Exception(message);
