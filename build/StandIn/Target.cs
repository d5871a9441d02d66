namespace Nuke.Common;

/// <summary>A step of a build: what it is called comes from the property that returns it, what it does from the definition.</summary>
/// <param name="definition">What the step is described on.</param>
/// <returns>The same definition, for chaining.</returns>
public delegate ITargetDefinition Target(ITargetDefinition definition);
