" Editing nails: what a comment is, `gq` formats with `toe fmt`, `:make` asks `toe lint`.
if exists('b:did_ftplugin')
	finish
endif
let b:did_ftplugin = 1

setlocal comments=:# commentstring=#\ %s
setlocal noexpandtab shiftwidth=8 softtabstop=0
setlocal formatprg=toe\ fmt\ -
compiler toe

let b:undo_ftplugin = 'setlocal comments< commentstring< expandtab< shiftwidth< softtabstop< formatprg< makeprg< errorformat<'
