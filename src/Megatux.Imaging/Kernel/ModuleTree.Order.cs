using Megatux.Model;

namespace Megatux.Imaging;

public sealed partial class ModuleTree
{
    /// <summary>
    /// A module after all that it needs, by depth-first search over modules.dep. Its lines are said to be complete, but
    /// not all depmods write them so; following each line anew is right for all. Without recursion, since a damaged
    /// file can hold a chain of any length.
    /// </summary>
    private List<ModuleLine> NeedsFirst(string module)
    {
        var order = new List<ModuleLine>();
        var finished = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<string>(StringComparer.Ordinal) { module };
        var path = new Stack<(ModuleLine Line, int Next)>();
        path.Push((_modules[module], 0));
        while (path.TryPop(out (ModuleLine Line, int Next) at))
        {
            if (at.Next == at.Line.Needs.Count)
            {
                open.Remove(at.Line.Name);
                finished.Add(at.Line.Name);
                order.Add(at.Line);
                continue;
            }

            path.Push((at.Line, at.Next + 1));

            // modules.dep has what must be loaded first at the end of the line.
            string need = at.Line.Needs[at.Line.Needs.Count - 1 - at.Next];
            if (finished.Contains(need))
                continue;
            if (!open.Add(need))
                throw Circle(path, need);
            path.Push((_modules[need], 0));
        }

        return order;
    }

    private MegatuxException Circle(Stack<(ModuleLine Line, int Next)> path, string need)
    {
        const int Shown = 8;
        List<string> round = [need];
        foreach ((ModuleLine line, _) in path)
        {
            round.Insert(0, line.Name);
            if (line.Name == need)
                break;
        }

        string shown = round.Count <= Shown ? string.Join(" -> ", round) : string.Join(" -> ", round.Take(Shown)) + " -> ...";
        return new MegatuxException(ErrorCodes.ModuleCycle,
            $"{Folder}/modules.dep says that modules need each other in a circle: {shown}. Run \"depmod {Version}\" again.");
    }
}
