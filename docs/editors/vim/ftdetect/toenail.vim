" Nails and feet of toe: *.nail, *.foot, and the files of a directory TOENAILS.
autocmd BufNewFile,BufRead *.nail,*.foot setfiletype toenail
autocmd BufNewFile,BufRead */TOENAILS/* if expand('%:e') !~# '^\(lock\|md\|txt\|repo\|conf\|toml\|json\|rpm\|asc\)$' | setfiletype toenail | endif
