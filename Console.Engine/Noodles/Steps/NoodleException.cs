namespace OpsConsole.Engine.Noodles.Steps;

/// <summary>The target did not do what the step says: the target's fault.</summary>
public sealed class WrongAnswerException(string message) : Exception(message);

/// <summary>The test itself cannot go on: nothing to lease, an argument that means nothing.</summary>
public sealed class BrokenTestException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The step's owner says that it is not finished.</summary>
public sealed class PendingStepException(string message) : Exception(message);

/// <summary>The rest of the scenario does not apply here.</summary>
public sealed class SkipScenarioException(string message) : Exception(message);
