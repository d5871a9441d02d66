; How many guests are marked, and what they were told: sums and means of what each says of itself.
(define (sample node s)
  (list
    (list 'marked (stat (get s 'user 'marked)))
    (list 'initial (stat (get s 'user 'initial)))
    (list 'rate (stat (get s 'user 'rate)))))
