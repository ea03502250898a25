namespace OpsConsole.Domain.Noodles.Steps;

/// <summary>A sentence that a step of a library answers to.</summary>
/// <param name="Text">A Cucumber expression; a regular expression where <paramref name="Regular"/>.</param>
/// <param name="Owner">The team that answers for it.</param>
/// <param name="Where">Where it is defined: a class, or a file and line.</param>
/// <param name="Does">What it does, for the catalogue.</param>
public sealed record StepSentence(string Text, bool Regular, string Owner, string Where, string Does);
