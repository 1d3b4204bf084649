" `:make` runs `toe lint` on the nail and fills the quickfix list with what it finds.
if exists('current_compiler')
	finish
endif
let current_compiler = 'toe'

CompilerSet makeprg=toe\ lint\ --format\ github\ %:S
CompilerSet errorformat=::%trror\ file=%f\\,line=%l\\,col=%c\\,title=%m,
			\::%tarning\ file=%f\\,line=%l\\,col=%c\\,title=%m,
			\::%totice\ file=%f\\,line=%l\\,col=%c\\,title=%m
