" Nails are a subset of bash with directives: bash's own syntax, and on top of it what toe adds.
if exists('b:current_syntax')
	finish
endif
let b:is_bash = 1
runtime! syntax/sh.vim
unlet! b:current_syntax

" A directive is a command: it begins a line or follows what a command may follow.
let s:before = '\%(\%(^\|[;{(&|!)`]\|\<\%(then\|do\|else\|elif\|if\|while\|until\)\>\)\s*\)\@40<='
let s:names = 'Include Base Rpm GpgImport PkgCheck ShadowCheck GroupAdd UserAdd Gecos Mknod Symlink Copy Write Dir Link Exec Service log die'
let s:words = '\%(' . substitute(s:names, ' ', '\\|', 'g') . '\)'
execute 'syntax match toenailDirective /' . s:before . s:words . '\ze\%(\s\|[;)`]\|$\)/ containedin=ALLBUT,@toenailText'
syntax cluster toenailText contains=shComment,shQuickComment,shHereDoc,shSingleQuote,shDoubleQuote,shExSingleQuote,toenailDirective,toenailSuppression

" The comments that silence a finding of `toe lint`.
syntax match toenailSuppression /#\s*toe:\s*ignore\%(-file\)\?\>.*/ containedin=shComment,shQuickComment contained

highlight default link toenailDirective Keyword
highlight default link toenailSuppression SpecialComment

let b:current_syntax = 'toenail'
