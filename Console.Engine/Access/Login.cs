using Microsoft.AspNetCore.Identity;

namespace OpsConsole.Engine.Access;

/// <summary>How one account signs in: its password's hash, failed attempts, lockout. Its roles are in the journal.</summary>
public sealed class Login : IdentityUser;
