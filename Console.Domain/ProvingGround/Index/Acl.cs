namespace OpsConsole.Domain.ProvingGround.Index;

/// <summary>Who may read besides the owner: the two canned lists that are served.</summary>
public enum Acl
{
    Private,
    PublicRead,
}
