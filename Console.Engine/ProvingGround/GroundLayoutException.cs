namespace OpsConsole.Engine.ProvingGround;

/// <summary>The ground's folder holds what this program would misread; it has touched none of it.</summary>
public sealed class GroundLayoutException(string message) : Exception(message);
