namespace Megatux.Linux;

/// <content>
/// Deleting a device takes the kernel tens of milliseconds of waiting for others to let go of it (synchronize_net), but many
/// at once no longer than one. So devices that are deleted in a row are put into a group of their own, and that is deleted.
/// </content>
public sealed partial class NetworkSetup
{
    // Groups that people make have small numbers (/etc/iproute2/group).
    private const int FirstGroup = 1 << 30;

    private readonly List<string> _deletions = [];

    /// <summary>Deletes a device; of a veth, both ends. No error if there is none of the name.</summary>
    public void Delete(string link)
    {
        LinkName.Validate(link, nameof(link));
        _deletions.Add(link);
    }

    private void EndDeletions()
    {
        if (_deletions.Count > 1)
            DeleteAsGroup();

        // After the group there is nothing of these names; where it could not be deleted, one by one tells why, and of which.
        foreach (string link in _deletions)
        {
            BeginMessage(Rtnetlink.DeleteLink, 0, Rtnetlink.LinkLength);
            _queue.Writer.Put(Rtnetlink.LinkNameAttribute, link);
            QueueDeletion(link, NativeNetwork.NoSuchDevice);
        }

        _deletions.Clear();
    }

    private void DeleteAsGroup()
    {
        uint group = (uint)Random.Shared.Next(FirstGroup, int.MaxValue);
        foreach (string link in _deletions)
        {
            BeginMessage(Rtnetlink.SetLink, 0, Rtnetlink.LinkLength);
            _queue.Writer.Put(Rtnetlink.LinkNameAttribute, link);
            _queue.Writer.Put(Rtnetlink.LinkGroup, group);
            QueueDeletion(link, NetworkRequest.AnyError);
        }

        BeginMessage(Rtnetlink.DeleteLink, 0, Rtnetlink.LinkLength);
        _queue.Writer.Put(Rtnetlink.LinkGroup, group);
        QueueDeletion(_deletions[0], NetworkRequest.AnyError);
    }

    private void QueueDeletion(string link, int tolerated) => _queue.Add(new NetworkRequest
    {
        Operation = "delete",
        Subject = link,
        Link = link,
        Tolerated = tolerated,
        ChangesNames = true,
    });
}
