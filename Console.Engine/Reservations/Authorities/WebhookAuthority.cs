using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Engine.Reservations.Authorities;

/// <summary>
/// Answers with what the service said over HTTP about exactly these charges. Where it has said nothing about them, the decision is refused and the question kept: whoever asked has it sent, and asks again.
/// An answer that was given for another version of the charges counts no more, so nothing can change between answer and grant.
/// </summary>
public sealed class WebhookAuthority(string name, WebhookFile file, WebhookAnswers answers) : ISafetyAuthority
{
    public string Name => name;

    public StoredBytes? Bytes => answers.BytesOf(file);

    public SafetyAnswer Ask(SafetyQuestion question) => answers.Find(question) ?? answers.Keep(file, question);
}
