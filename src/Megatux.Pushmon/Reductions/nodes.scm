; What every experiment is asked: how loaded its nodes are, and which ones most.
(define (sample node s)
  (list
    (list 'load (stat (get s 'load 'one)))
    (list 'busy (stat (get s 'busy 'percent)))
    (list 'busiest (top 10 (get s 'busy 'percent) node))
    (list 'busy-histogram (histogram 0 100 20 (get s 'busy 'percent)))
    (list 'memory (stat (and (get s 'memory 'total) (get s 'memory 'available)
                             (- (get s 'memory 'total) (get s 'memory 'available)))))
    (list 'memory-total (stat (get s 'memory 'total)))
    (list 'rx (stat (get s 'traffic 'rx)))
    (list 'tx (stat (get s 'traffic 'tx)))
    (list 'tasks (stat (get s 'tasks 'total)))
    (list 'uptime (stat (get s 'uptime 'seconds)))))
